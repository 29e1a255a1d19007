using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Resources;
using AclAdmin.Sandbox;
using Newtonsoft.Json.Linq;

namespace AclAdmin.Client.Tests;

/// <summary>A list, whatever its items are.</summary>
internal interface IAnyList
{
    IResourceDefinition Definition { get; }

    Task<ApiResource> GetAsync(string id);

    Task<ApiResource?> CreateAsync(FieldPatch body);

    Task<ApiResource?> PatchAsync(string id, FieldPatch patch);

    Task<ApiResource?> ReplaceAsync(string id, FieldPatch whole);

    Task<bool> DeleteAsync(string id);

    Task BatchAsync(ResourceBatch batch);

    Task<int> CountAsync(ListQuery query);
}

/// <summary>The lists of the Email Security settings besides the registry, by the last segment of their addresses.</summary>
internal static class EmailLists
{
    public const string SettingsPath = "/client/v4/accounts/" + SandboxDefaults.AccountId + "/email-security/settings/";

    private static readonly Dictionary<string, Func<Stage, IAnyList>> Opened = new()
    {
        ["allow_policies"] = stage => new AnyList<EmailAllowPolicy>(EmailAllowPolicy.Definition, stage),
        ["block_senders"] = stage => new AnyList<EmailBlockedSender>(EmailBlockedSender.Definition, stage),
        ["content_policies"] = stage => new AnyList<EmailContentPolicy>(EmailContentPolicy.Definition, stage),
        ["domains"] = stage => new AnyList<EmailDomain>(EmailDomain.Definition, stage),
        ["impersonation_registry"] = stage => new AnyList<ImpersonationRegistryEntry>(ImpersonationRegistryDefinition.Instance, stage),
        ["sending_domain_restrictions"] = stage => new AnyList<EmailSendingDomainRestriction>(EmailSendingDomainRestriction.Definition, stage),
        ["trusted_domains"] = stage => new AnyList<EmailTrustedDomain>(EmailTrustedDomain.Definition, stage),
        ["url_ignore_patterns"] = stage => new AnyList<EmailUrlIgnorePattern>(EmailUrlIgnorePattern.Definition, stage),
    };

    public static IAnyList Open(Stage stage, string segment) => Opened[segment](stage);

    public static string PathOf(string segment) => SettingsPath + segment;

    /// <summary>A patch with the fields of a JSON object, in its order.</summary>
    public static FieldPatch PatchOf(ResourceDescriptor resource, string json) =>
        Patch.Of(resource, [.. JObject.Parse(json).Properties().Select(property => (property.Name, (JToken?)property.Value))]);

    private sealed class AnyList<T>(CloudflareSettingsDefinition<T> definition, Stage stage) : IAnyList
        where T : ApiResource
    {
        private readonly IResourceClient<T> _client = definition.OpenClient(stage.Cloudflare, SandboxDefaults.AccountId);

        public IResourceDefinition Definition => definition;

        public async Task<ApiResource> GetAsync(string id) => await _client.GetAsync(id, stage.Observer, Stage.Cancel);

        public async Task<ApiResource?> CreateAsync(FieldPatch body) => await _client.CreateAsync(body, stage.Observer, Stage.Cancel);

        public async Task<ApiResource?> PatchAsync(string id, FieldPatch patch) => await _client.PatchAsync(id, patch, stage.Observer, Stage.Cancel);

        public async Task<ApiResource?> ReplaceAsync(string id, FieldPatch whole) => await _client.ReplaceAsync(id, whole, stage.Observer, Stage.Cancel);

        public Task<bool> DeleteAsync(string id) => _client.DeleteAsync(id, stage.Observer, Stage.Cancel);

        public Task BatchAsync(ResourceBatch batch) => _client.WriteAsync(batch.Items, stage.Observer, Stage.Cancel);

        public async Task<int> CountAsync(ListQuery query)
        {
            var reader = new PageReader<T>(_client, query);
            var count = 0;
            while (await reader.NextAsync(stage.Observer, Stage.Cancel) is { } page)
            {
                count += page.Items.Count;
            }

            return count;
        }
    }
}
