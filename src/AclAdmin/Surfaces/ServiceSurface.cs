using AclAdmin.Client.CarrierX;
using AclAdmin.Client.Cloudflare;
using AclAdmin.Client.Http;

namespace AclAdmin.Surfaces;

/// <summary>What cmdlets must know of a service.</summary>
internal sealed class ServiceSurface
{
    /// <summary>Cloudflare.</summary>
    public static readonly ServiceSurface Cloudflare = new(CloudflareService.Instance, "Connect-CloudflareAccount");

    /// <summary>CarrierX.</summary>
    public static readonly ServiceSurface CarrierX = new(CarrierXService.Instance, "Connect-CarrierXAccount");

    private ServiceSurface(ServiceProfile profile, string connectCommand)
    {
        Profile = profile;
        ConnectCommand = connectCommand;
    }

    /// <summary>The service.</summary>
    public ServiceProfile Profile { get; }

    /// <summary>The cmdlet that connects to it, for advice.</summary>
    public string ConnectCommand { get; }
}
