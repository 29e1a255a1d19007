using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>Which namespaces of an assembly use which others, read from its metadata and the code of its methods.</summary>
internal sealed class NamespaceGraph : ISignatureTypeProvider<IEnumerable<string>, object?>
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF);

    private readonly MetadataReader _reader;
    private readonly Dictionary<string, HashSet<string>> _uses = new(StringComparer.Ordinal);

    private NamespaceGraph(PEReader file)
    {
        _reader = file.GetMetadataReader();
        foreach (var type in _reader.TypeDefinitions.Select(_reader.GetTypeDefinition))
        {
            var user = NamespaceOf(type);
            if (user.Length > 0)
            {
                Note(user, UsedBy(type, file));
            }
        }
    }

    /// <summary>Each namespace with those that it uses.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> Uses => _uses;

    /// <summary>Reads an assembly.</summary>
    public static NamespaceGraph Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        return new NamespaceGraph(file);
    }

    /// <summary>The namespaces floor by floor: each uses only what is on floors below it. What is part of a circle is on no floor.</summary>
    public IReadOnlyList<string[]> GetFloors()
    {
        var floors = new List<string[]>();
        var placed = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var floor = _uses.Where(pair => !placed.Contains(pair.Key) && pair.Value.All(placed.Contains)).Select(pair => pair.Key).Order(StringComparer.Ordinal).ToArray();
            if (floor.Length == 0)
            {
                return floors;
            }

            floors.Add(floor);
            placed.UnionWith(floor);
        }
    }

    /// <summary>The namespaces that use each other, directly or by way of others.</summary>
    public IEnumerable<string> GetCircles()
    {
        var placed = GetFloors().SelectMany(floor => floor).ToHashSet(StringComparer.Ordinal);
        return from pair in _uses
               where !placed.Contains(pair.Key)
               from used in pair.Value
               where !placed.Contains(used) && Reaches(used, pair.Key, [])
               orderby pair.Key, used
               select $"{pair.Key} uses {used}, which uses {pair.Key} in turn";
    }

    public IEnumerable<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        [NamespaceOf(reader.GetTypeDefinition(handle))];

    public IEnumerable<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

    public IEnumerable<string> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public IEnumerable<string> GetGenericInstantiation(IEnumerable<string> genericType, ImmutableArray<IEnumerable<string>> typeArguments) =>
        genericType.Concat(typeArguments.SelectMany(argument => argument));

    public IEnumerable<string> GetArrayType(IEnumerable<string> elementType, ArrayShape shape) => elementType;

    public IEnumerable<string> GetByReferenceType(IEnumerable<string> elementType) => elementType;

    public IEnumerable<string> GetPinnedType(IEnumerable<string> elementType) => elementType;

    public IEnumerable<string> GetPointerType(IEnumerable<string> elementType) => elementType;

    public IEnumerable<string> GetSZArrayType(IEnumerable<string> elementType) => elementType;

    public IEnumerable<string> GetModifiedType(IEnumerable<string> modifier, IEnumerable<string> unmodifiedType, bool isRequired) => unmodifiedType;

    public IEnumerable<string> GetFunctionPointerType(MethodSignature<IEnumerable<string>> signature) => signature.ParameterTypes.SelectMany(type => type);

    public IEnumerable<string> GetGenericMethodParameter(object? genericContext, int index) => [];

    public IEnumerable<string> GetGenericTypeParameter(object? genericContext, int index) => [];

    public IEnumerable<string> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    private bool Reaches(string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && _uses[from].Any(next => Reaches(next, to, seen)));

    private void Note(string user, IEnumerable<string> used)
    {
        if (!_uses.TryGetValue(user, out var known))
        {
            known = _uses[user] = new HashSet<string>(StringComparer.Ordinal);
        }

        known.UnionWith(used.Where(name => name.Length > 0 && name != user && !name.StartsWith("System", StringComparison.Ordinal)));
    }

    private string NamespaceOf(TypeDefinition type)
    {
        while (!type.GetDeclaringType().IsNil)
        {
            type = _reader.GetTypeDefinition(type.GetDeclaringType());
        }

        var name = _reader.GetString(type.Namespace);
        return name.StartsWith("AclAdmin", StringComparison.Ordinal) ? name : "";
    }

    private List<string> UsedBy(TypeDefinition type, PEReader file)
    {
        var used = UsedBy(type.BaseType).ToList();
        used.AddRange(type.GetInterfaceImplementations().SelectMany(handle => UsedBy(_reader.GetInterfaceImplementation(handle).Interface)));
        used.AddRange(type.GetFields().SelectMany(handle => _reader.GetFieldDefinition(handle).DecodeSignature(this, null)));
        used.AddRange(type.GetCustomAttributes().SelectMany(handle => UsedBy(_reader.GetCustomAttribute(handle).Constructor)));
        foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            var signature = method.DecodeSignature(this, null);
            used.AddRange(signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(parameter => parameter)));
            if (method.RelativeVirtualAddress != 0)
            {
                used.AddRange(TokensOf(file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!).SelectMany(UsedBy));
            }
        }

        return used;
    }

    private IEnumerable<string> UsedBy(EntityHandle handle) => handle.IsNil ? [] : handle.Kind switch
    {
        HandleKind.TypeDefinition => [NamespaceOf(_reader.GetTypeDefinition((TypeDefinitionHandle)handle))],
        HandleKind.TypeSpecification => _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
        HandleKind.MethodDefinition => UsedBy(_reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()),
        HandleKind.FieldDefinition => UsedBy(_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()),
        HandleKind.MemberReference => UsedBy(_reader.GetMemberReference((MemberReferenceHandle)handle).Parent),
        HandleKind.MethodSpecification => UsedByGenericCall(_reader.GetMethodSpecification((MethodSpecificationHandle)handle)),
        _ => [],
    };

    private IEnumerable<string> UsedByGenericCall(MethodSpecification call) =>
        UsedBy(call.Method).Concat(call.DecodeSignature(this, null).SelectMany(argument => argument));

    private static IEnumerable<EntityHandle> TokensOf(byte[] code)
    {
        for (var offset = 0; offset < code.Length;)
        {
            var value = (int)code[offset++];
            if (value == 0xFE)
            {
                value = 0xFE00 | code[offset++];
            }

            var operand = OpCodesByValue[value].OperandType;
            switch (operand)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    yield return (EntityHandle)MetadataTokens.Handle(BitConverter.ToInt32(code, offset));
                    offset += 4;
                    break;
                case OperandType.InlineSwitch:
                    offset += 4 + (4 * BitConverter.ToInt32(code, offset));
                    break;
                default:
                    offset += SizeOf(operand);
                    break;
            }
        }
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
