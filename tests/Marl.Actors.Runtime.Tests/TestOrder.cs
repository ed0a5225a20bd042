using Xunit;

// The test stages count across their instances, so one graph runs at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
