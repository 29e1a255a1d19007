namespace AclAdmin.Conventions.Tests.Reading;

/// <summary>The names of the engine's types, and of the module's own, that rules speak of.</summary>
internal static class EngineTypes
{
    public const string Cmdlet = "System.Management.Automation.Cmdlet";
    public const string CmdletAttribute = "System.Management.Automation.CmdletAttribute";
    public const string OutputTypeAttribute = "System.Management.Automation.OutputTypeAttribute";
    public const string ParameterAttribute = "System.Management.Automation.ParameterAttribute";
    public const string AliasAttribute = "System.Management.Automation.AliasAttribute";
    public const string Transformation = "System.Management.Automation.ArgumentTransformationAttribute";
    public const string Switch = "System.Management.Automation.SwitchParameter";

    /// <summary>What the engine calls all parameter sets together.</summary>
    public const string AllSets = "__AllParameterSets";
    public const string Credential = "System.Management.Automation.PSCredential";
    public const string SecureString = "System.Security.SecureString";

    /// <summary>The module's attribute that ties a parameter to a field.</summary>
    public const string FieldAttribute = "AclAdmin.Binding.FieldAttribute";

    /// <summary>The module's attribute that refuses a secret in plain text.</summary>
    public const string SecretAttribute = "AclAdmin.Binding.SecretArgumentAttribute";

    /// <summary>The module's attribute that names what a cmdlet's calls need.</summary>
    public const string PermissionAttribute = "AclAdmin.Commands.RequiresPermissionAttribute";

    /// <summary>The base of everything that a service shows.</summary>
    public const string Resource = "AclAdmin.Client.Resources.ApiResource";
}
