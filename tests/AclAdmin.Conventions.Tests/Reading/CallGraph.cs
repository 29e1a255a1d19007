using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>
/// Which methods of the shipped assemblies use which others, read from their code. A method is named "Namespace.Type::Method"; overloads count as one, and
/// what the compiler makes of a lambda, an iterator or an asynchronous method belongs to the method that it stands in. A call of a method that others
/// implement or override may end in each of them.
/// </summary>
internal sealed class CallGraph : ISignatureTypeProvider<string, object?>
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Where(field => field.IsStatic)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF);

    private readonly Dictionary<string, HashSet<string>> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _derived = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _bases = new(StringComparer.Ordinal);

    /// <summary>Reads assemblies.</summary>
    public CallGraph(params string[] paths)
    {
        foreach (var path in paths)
        {
            using var file = new PEReader(File.OpenRead(path));
            var reader = file.GetMetadataReader();
            foreach (var handle in reader.TypeDefinitions)
            {
                Read(reader, file, handle);
            }
        }
    }

    /// <summary>Every method that uses one that a test looks for.</summary>
    /// <param name="isLookedFor">Whether a method is one of those looked for.</param>
    public IEnumerable<(string User, string Used)> FindUsers(Func<string, bool> isLookedFor) =>
        _calls.SelectMany(call => call.Value.Where(isLookedFor), (call, used) => (call.Key, used));

    /// <summary>The first method that a class, or a base class of it, uses and that a test looks for; null where there is none.</summary>
    /// <param name="type">The class.</param>
    /// <param name="isLookedFor">Whether a method is one of those looked for.</param>
    /// <param name="isFollowed">Whether what a method uses counts for the methods that use it.</param>
    public string? FindUse(string type, Func<string, bool> isLookedFor, Func<string, bool> isFollowed)
    {
        var waiting = new Queue<string>();
        var lineage = new HashSet<string>(StringComparer.Ordinal);
        for (var current = type; current is not null && _methods.TryGetValue(current, out var methods); current = _bases.GetValueOrDefault(current))
        {
            lineage.Add(current);
            foreach (var method in methods)
            {
                waiting.Enqueue($"{current}::{method}");
            }
        }

        var seen = new HashSet<string>(waiting, StringComparer.Ordinal);
        while (waiting.TryDequeue(out var method))
        {
            foreach (var used in _calls.GetValueOrDefault(method) ?? [])
            {
                if (isLookedFor(used))
                {
                    return $"{method} uses {used}";
                }

                foreach (var target in TargetsOf(used, lineage).Where(target => isFollowed(target) && seen.Add(target)))
                {
                    waiting.Enqueue(target);
                }
            }
        }

        return null;
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => NameOf(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => NameOf(reader, handle);

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;

    public string GetArrayType(string elementType, ArrayShape shape) => elementType;

    public string GetByReferenceType(string elementType) => elementType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType;

    public string GetSZArrayType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "";

    public string GetGenericMethodParameter(object? genericContext, int index) => "";

    public string GetGenericTypeParameter(object? genericContext, int index) => "";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "";

    private static string NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.GetDeclaringType().IsNil ? $"{reader.GetString(type.Namespace)}.{name}" : $"{NameOf(reader, type.GetDeclaringType())}+{name}";
    }

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    /// <summary>The method as people wrote it: what the compiler moved into a class or a method of its own has the name in angle brackets.</summary>
    private static string Written(string type, string method)
    {
        var generated = type.IndexOf("+<", StringComparison.Ordinal);
        var owner = generated < 0 ? type : type[..generated];
        foreach (var name in (string[])[method, generated < 0 ? "" : type[(generated + 1)..]])
        {
            var end = name.StartsWith('<') ? name.IndexOf('>', StringComparison.Ordinal) : -1;
            if (end > 1)
            {
                return $"{owner}::{name[1..end]}";
            }
        }

        return $"{owner}::{method[(method.LastIndexOf('.') is var dot and > 0 ? dot + 1 : 0)..]}";
    }

    private void Read(MetadataReader reader, PEReader file, TypeDefinitionHandle handle)
    {
        var definition = reader.GetTypeDefinition(handle);
        var type = NameOf(reader, handle);
        foreach (var ancestor in definition.GetInterfaceImplementations().Select(item => reader.GetInterfaceImplementation(item).Interface).Append(definition.BaseType))
        {
            if (!ancestor.IsNil && TypeOf(reader, ancestor) is { } name && name.StartsWith("AclAdmin.", StringComparison.Ordinal))
            {
                Add(_derived, name, type);
                if (ancestor == definition.BaseType)
                {
                    _bases[type] = name;
                }
            }
        }

        foreach (var method in definition.GetMethods().Select(reader.GetMethodDefinition))
        {
            var written = Written(type, reader.GetString(method.Name));
            var at = written.IndexOf("::", StringComparison.Ordinal);
            Add(_methods, written[..at], written[(at + 2)..]);
            if (method.RelativeVirtualAddress != 0)
            {
                foreach (var token in TokensOf(file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!))
                {
                    if (MemberOf(reader, token) is { } used && used != written)
                    {
                        Add(_calls, written, used);
                    }
                }
            }
        }
    }

    private static void Add(Dictionary<string, HashSet<string>> sets, string key, string value)
    {
        if (!sets.TryGetValue(key, out var set))
        {
            sets[key] = set = new HashSet<string>(StringComparer.Ordinal);
        }

        set.Add(value);
    }

    private string? TypeOf(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => NameOf(reader, (TypeDefinitionHandle)handle),
        HandleKind.TypeReference => NameOf(reader, (TypeReferenceHandle)handle),
        HandleKind.TypeSpecification => reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
        _ => null,
    };

    private string? MemberOf(MetadataReader reader, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                var method = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                return Written(NameOf(reader, method.GetDeclaringType()), reader.GetString(method.Name));
            case HandleKind.FieldDefinition:
                var field = reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                return $"{NameOf(reader, field.GetDeclaringType())}::{reader.GetString(field.Name)}";
            case HandleKind.MemberReference:
                var member = reader.GetMemberReference((MemberReferenceHandle)handle);
                return TypeOf(reader, member.Parent) is { } type ? Written(type, reader.GetString(member.Name)) : null;
            case HandleKind.MethodSpecification:
                return MemberOf(reader, reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            default:
                return null;
        }
    }

    /// <summary>
    /// The method itself, where a base class has it, and the methods that implement or override it. What a base class calls on itself ends in the class
    /// that is looked at, not in another one of the same base class.
    /// </summary>
    private IEnumerable<string> TargetsOf(string used, HashSet<string> lineage)
    {
        var at = used.IndexOf("::", StringComparison.Ordinal);
        var (type, method) = (used[..at], used[(at + 2)..]);
        for (var current = type; current is not null; current = _bases.GetValueOrDefault(current))
        {
            yield return $"{current}::{method}";
        }

        var waiting = new Queue<string>((_derived.GetValueOrDefault(type) ?? []).Where(derived => !lineage.Contains(type) || lineage.Contains(derived)));
        while (waiting.TryDequeue(out var derived))
        {
            yield return $"{derived}::{method}";
            foreach (var further in _derived.GetValueOrDefault(derived) ?? [])
            {
                waiting.Enqueue(further);
            }
        }
    }

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
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok)
            {
                yield return (EntityHandle)MetadataTokens.Handle(BitConverter.ToInt32(code, offset));
            }

            offset += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, offset)),
                _ => 4,
            };
        }
    }
}
