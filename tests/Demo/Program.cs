using System;
using System.IO;
using System.Linq;
using System.Reflection;
using AclAdmin.Testing;

// dotnet run --project tests/Demo
var built = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(attribute => attribute.Key, attribute => attribute.Value!);
return EngineProcess.Run([built["Script"], "-ModulePath", Path.Combine(AppContext.BaseDirectory, "module", "AclAdmin.psd1"), "-SandboxPath", Path.GetFullPath(built["Sandbox"])]);
