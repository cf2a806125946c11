using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Gateway.Storage.Sealing;

namespace Gateway.Bench;

/// <summary>Sealing a state of a login against its floor: the bare AES-256-GCM of the same bytes.</summary>
public class SealBenchmarks
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] nonce = RandomNumberGenerator.GetBytes(12);
    private readonly byte[] plain = RandomNumberGenerator.GetBytes(200);
    private readonly byte[] sealedBytes = new byte[200];
    private readonly byte[] tag = new byte[16];
    private Sealer sealer = null!;
    private string text = null!;

    /// <summary>Before each run.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        sealer = new Sealer(MasterKeys.Of(key));
        text = sealer.SealText("bench", plain);
    }

    /// <summary>The floor.</summary>
    [Benchmark(Baseline = true)]
    public void AesGcmAlone()
    {
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(nonce, plain, sealedBytes, tag);
    }

    /// <summary>Sealed and as text for a URL.</summary>
    [Benchmark]
    public string Seal() => sealer.SealText("bench", plain);

    /// <summary>Back again.</summary>
    [Benchmark]
    public bool Open() => sealer.TryOpenText("bench", text, out _);
}
