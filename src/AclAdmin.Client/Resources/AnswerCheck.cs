using System;
using System.Collections.Generic;
using System.Linq;
using AclAdmin.Client.Http.Requests;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Resources;

/// <summary>
/// Checks the answer to a request against what was asked for, in the same way for one write and for a batch of them: each write must be answered by its own
/// item with the values that were sent. What does not fit is a doubt about the write's outcome.
/// </summary>
internal sealed class AnswerCheck<T>
    where T : ApiResource
{
    private readonly ResourceDescriptor _resource;
    private readonly IReadOnlyList<BatchItem> _writes;
    private readonly WriteAnswer<T> _answer;
    private readonly Func<string, bool> _mayBeNew;
    private readonly T?[] _items;
    private readonly string? _foreign;

    /// <summary>Checks an answer.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="writes">What was sent.</param>
    /// <param name="answer">What came back.</param>
    /// <param name="mayBeNew">Whether an id can be that of a new item.</param>
    public AnswerCheck(ResourceDescriptor resource, IReadOnlyList<BatchItem> writes, WriteAnswer<T> answer, Func<string, bool> mayBeNew)
    {
        (_resource, _writes, _answer, _mayBeNew) = (resource, writes, answer, mayBeNew);
        _items = new T?[writes.Count];
        MatchCreated();
        MatchUpdated();
        _foreign = FindForeign();
    }

    /// <summary>The item that a write is answered by; null where there is none, and for a removal.</summary>
    public T? ItemOf(int index) => _items[index];

    /// <summary>What is wrong with the answer to a write: the end of a sentence; null where nothing is.</summary>
    public string? DoubtOf(int index)
    {
        var write = _writes[index];
        if (_foreign is not null)
        {
            return _foreign;
        }

        return write.Operation switch
        {
            BatchOperations.Delete when _answer.Deleted is null || _answer.Deleted.Contains(write.Id, StringComparer.OrdinalIgnoreCase) => null,
            BatchOperations.Delete => $"the answer does not show the removal of {_resource.Noun} {write.Id}",
            BatchOperations.Create when _items[index] is null => $"the answer shows no new {_resource.Noun} as it was specified",
            _ when _items[index] is null => $"the answer does not show the {_resource.Noun} {write.Id}",
            _ => FindContradiction(_resource, write.Body, _items[index]!, isWhole: true),
        };
    }

    /// <summary>The difference between what was sent and what an item shows: the end of a sentence; null where there is none.</summary>
    /// <param name="resource">The field table.</param>
    /// <param name="body">What was sent.</param>
    /// <param name="item">The item.</param>
    /// <param name="isWhole">Whether the item must show every field: one that was read, and shows none, contradicts nothing.</param>
    public static string? FindContradiction(ResourceDescriptor resource, FieldPatch body, T item, bool isWhole)
    {
        foreach (var name in body.Names)
        {
            if ((isWhole || item.GetField(name) is not null) && !IsSame(resource, name, body, item))
            {
                return $"the {resource.Noun} shows another {name} than was sent";
            }
        }

        return null;
    }

    /// <summary>Whether an item is what a create makes: the key that its body has, and none of its other values contradicted.</summary>
    public static bool IsCreated(ResourceDescriptor resource, FieldPatch body, T item, bool isWhole) =>
        resource.Comparer.HaveSameKey(body, item) && FindContradiction(resource, body, item, isWhole) is null;

    /// <summary>A service may spell a name or an address in its own way, and show an empty text as none.</summary>
    private static bool IsSame(ResourceDescriptor resource, string name, FieldPatch body, T item)
    {
        var (sent, shown) = (body[name]!, item.GetField(name));
        return ItemComparer.HaveSameValue(resource[name], sent, shown)
            || (IsEmpty(sent) && IsEmpty(shown))
            || new ItemComparer(resource, [name]).HaveSameKey(body, item);
    }

    private static bool IsEmpty(JToken? value) => value is null or { Type: JTokenType.Null } or JValue { Value: "" };

    /// <summary>By position where the item is what the create specifies, else by its values: an answer may have another order than the request.</summary>
    private void MatchCreated()
    {
        var free = _answer.Created.Where(IsNew).ToList();
        var creates = Enumerable.Range(0, _writes.Count).Where(index => _writes[index].Operation == BatchOperations.Create).ToArray();
        for (var position = 0; position < creates.Length && position < _answer.Created.Count; position++)
        {
            Take(creates[position], _answer.Created[position]);
        }

        foreach (var index in creates.Where(index => _items[index] is null))
        {
            if (free.FirstOrDefault(item => IsCreated(_resource, _writes[index].Body, item, isWhole: true)) is { } moved)
            {
                Take(index, moved);
            }
        }

        void Take(int index, T item)
        {
            if (free.Contains(item) && IsCreated(_resource, _writes[index].Body, item, isWhole: true))
            {
                _items[index] = item;
                free.Remove(item);
            }
        }
    }

    private void MatchUpdated()
    {
        var byId = _answer.Updated.ToLookup(item => item.GetIdentity(), StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < _writes.Count; index++)
        {
            if (_writes[index].Operation is BatchOperations.Update or BatchOperations.Replace)
            {
                _items[index] = byId[_writes[index].Id].FirstOrDefault();
            }
        }
    }

    private bool IsNew(T item) => RequestPath.IsId(item.GetIdentity()) && _mayBeNew(item.GetIdentity());

    /// <summary>What the answer shows that was not asked for; null where there is nothing.</summary>
    private string? FindForeign()
    {
        var expected = new HashSet<string>(_writes.Select(write => write.Id), StringComparer.OrdinalIgnoreCase);
        var strangers = _answer.Updated.Select(item => item.GetIdentity()).Concat(_answer.Deleted ?? []).Where(id => id.Length > 0 && !expected.Contains(id)).ToArray();
        return strangers.Length > 0 ? $"the answer shows the {_resource.Noun} '{DisplayText.Of(strangers[0])}', which was not in the request"
            : _answer.Created.Count > _writes.Count(write => write.Operation == BatchOperations.Create) ? $"the answer shows more new {_resource.Plural} than were to be created"
            : null;
    }
}
