using Xunit;

// Poisoned pools and allocation counts are process-wide facts: the tests of this project run one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
