// The private cluster, and with it these tests, need a Unix.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
