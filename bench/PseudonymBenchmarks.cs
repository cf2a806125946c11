using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Gateway.Privacy;

namespace Gateway.Bench;

/// <summary>One pseudonym against its floor: the bare HMAC-SHA-256 of a message of the same length.</summary>
public class PseudonymBenchmarks
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] identifier = RandomNumberGenerator.GetBytes(36);
    private readonly byte[] message = RandomNumberGenerator.GetBytes(45);
    private readonly byte[] hash = new byte[32];
    private Pseudonymiser pseudonymiser = null!;

    /// <summary>Before each run.</summary>
    [GlobalSetup]
    public void SetUp() => pseudonymiser = new Pseudonymiser(key);

    /// <summary>The floor.</summary>
    [Benchmark(Baseline = true)]
    public int Hmac() => HMACSHA256.HashData(key, message, hash);

    /// <summary>What a roster row costs.</summary>
    [Benchmark]
    public object Pseudonym() => pseudonymiser.Of(IdentifierKind.SisPerson, default, identifier);
}
