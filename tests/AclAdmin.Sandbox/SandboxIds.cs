using System;
using System.Security.Cryptography;
using System.Text;

namespace AclAdmin.Sandbox;

/// <summary>The ids of seeded objects, the same in every run, so that a test can name what it means.</summary>
public static class SandboxIds
{
    /// <summary>The sid of rule 1: the one in the vendor's samples.</summary>
    public const string FirstRule = "c9109b54-13f2-4157-ba23-2984b3a207dc";

    /// <summary>The id of entry 1: the one in the vendor's samples.</summary>
    public const string FirstEntry = "f174e90a-fafe-4643-bbbc-4a0ed4fc8415";

    /// <summary>The id of the registry entry with this index, counted from 1.</summary>
    public static string Entry(int index) => index == 1 ? FirstEntry : Make("entry", index);

    /// <summary>The sid of the access control rule with this index, counted from 1.</summary>
    public static string Rule(int index) => index == 1 ? FirstRule : Make("rule", index);

    /// <summary>The id of the item with this index, counted from 1, in a list of the Email Security settings other than the registry.</summary>
    /// <param name="segment">The last segment of the list's address.</param>
    /// <param name="index">The item's index.</param>
    public static string Item(string segment, int index) => index == 1 ? FirstEntry : Make(segment, index);

    /// <summary>The sid of the trunk group with this index, counted from 1.</summary>
    public static string TrunkGroup(int index) => index == 1 ? "9c7d2b41-6e58-4f0a-8b93-d1a4e7c5f260" : Make("trunk group", index);

    /// <summary>The sid of the trunk with this index, counted from 1 through all trunk groups.</summary>
    public static string Trunk(int index) => index == 1 ? "1f4e8a63-2d95-4b7c-a036-5c9e71d8b2f4" : Make("trunk", index);

    private static string Make(string kind, int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"aclad-sandbox/{kind}/{index}")), hash);
        var bytes = hash[..16];
        // Version 4, variant 1: clients that look at the shape of a uuid must find a proper one.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
