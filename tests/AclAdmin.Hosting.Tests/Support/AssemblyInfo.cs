using Xunit;

// Connections, and which one is the default, belong to the process: tests that run side by side would meet each other's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
