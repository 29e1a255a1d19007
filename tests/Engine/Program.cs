// dotnet run --project tests/Engine -- ./build.ps1 -Task Package
return AclAdmin.Testing.EngineProcess.Run(args);
