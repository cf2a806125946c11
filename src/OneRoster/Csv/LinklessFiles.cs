using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OneRoster.Csv;

/// <summary>
/// Opens files and folders without following a symbolic link in the place of the last name (POSIX <c>open</c> and <c>openat</c> with
/// <c>O_NOFOLLOW</c>): what was looked at and what is opened cannot be two things. The folders above are the caller's own, and may be links.
/// </summary>
internal static class LinklessFiles
{
    private static readonly bool IsPosix = !OperatingSystem.IsWindows();

    // asm-generic/fcntl.h, except where an architecture has its own; sys/fcntl.h of macOS.
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Armv6 or Architecture.Ppc64le;
    private static readonly int NoFollow = OperatingSystem.IsMacOS() ? 0x100 : IsArm ? 0x8000 : 0x20000;
    private static readonly int IsDirectory = OperatingSystem.IsMacOS() ? 0x100000 : IsArm ? 0x4000 : 0x10000;
    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    // Opening a named pipe blocks until somebody writes.
    private static readonly int NonBlocking = OperatingSystem.IsMacOS() ? 0x4 : 0x800;

    /// <summary>Whether the last name of a path is a symbolic link.</summary>
    public static bool IsLink(string path) => new FileInfo(WithoutEnd(path)).LinkTarget is not null;

    /// <summary>Opens a file to read.</summary>
    /// <exception cref="IOException">It is a link, no plain file, or cannot be opened. The message holds no path.</exception>
    public static FileStream Open(string path) => Read(IsPosix ? Checked(Open(Name(WithoutEnd(path)), NoFollow | CloseOnExec | NonBlocking)) : OpenElsewhere(path));

    /// <summary>Opens a folder, for <see cref="Open(SafeFileHandle, string, string)"/>.</summary>
    /// <exception cref="IOException">It is a link, no folder, or cannot be opened. The message holds no path.</exception>
    public static SafeFileHandle OpenFolder(string path) =>
        IsPosix ? Checked(Open(Name(WithoutEnd(path)), IsDirectory | NoFollow | CloseOnExec)) : new SafeFileHandle();

    /// <summary>Opens a file below an open folder to read; no name of its path may be a link.</summary>
    /// <param name="folder">The open folder.</param>
    /// <param name="folderPath">Its path, where the system has no <c>openat</c>.</param>
    /// <param name="path">The file's path below the folder, with <c>/</c>.</param>
    /// <exception cref="IOException">A name is a link, the file is no plain file, or cannot be opened. The message holds no path.</exception>
    public static FileStream Open(SafeFileHandle folder, string folderPath, string path)
    {
        if (!IsPosix)
            return Read(OpenElsewhere(Path.Combine(folderPath, path)));
        var names = path.Split('/');
        var opened = new List<SafeFileHandle>();
        try
        {
            var parent = folder;
            foreach (var name in names[..^1])
                opened.Add(parent = Checked(OpenAt(parent, Name(name), IsDirectory | NoFollow | CloseOnExec)));
            return Read(Checked(OpenAt(parent, Name(names[^1]), NoFollow | CloseOnExec | NonBlocking)));
        }
        finally
        {
            foreach (var one in opened)
                one.Dispose();
        }
    }

    private static FileStream Read(SafeFileHandle handle)
    {
        var stream = new FileStream(handle, FileAccess.Read, 1);
        if (stream.CanSeek)
            return stream;
        stream.Dispose();
        throw new IOException("This is no plain file.");
    }

    // Windows makes links for administrators alone; a look before and after has to do there.
    private static SafeFileHandle OpenElsewhere(string path)
    {
        var handle = IsLink(path) ? null : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous);
        if (handle is not null && !IsLink(path))
            return handle;
        handle?.Dispose();
        throw new IOException("This is a link.");
    }

    private static SafeFileHandle Checked(SafeFileHandle handle)
    {
        if (!handle.IsInvalid)
            return handle;
        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        throw new IOException("This cannot be opened, or is a link.", new Win32Exception(error));
    }

    // With a slash at the end, a link would be followed.
    private static string WithoutEnd(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static byte[] Name(string name) => [.. Encoding.UTF8.GetBytes(name), 0];

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern SafeFileHandle Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static extern SafeFileHandle OpenAt(SafeFileHandle folder, byte[] path, int flags);
}
