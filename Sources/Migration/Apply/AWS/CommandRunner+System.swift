import Dispatch
import Subprocess
import Synchronization
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension CommandRunner {
  /// Runs commands as child processes. It blocks its thread, which must be none of Swift's
  /// concurrency pool.
  ///
  /// Standard streams are temporary files without a name: whatever their length, nothing waits
  /// for anything, and a grandchild that outlives a command that was ended holds nobody up.
  public static let system = CommandRunner { invocation throws(CommandFailure) in
    let input = try SpoolFile.holding(invocation.input)
    let output = try SpoolFile()
    let messages = try SpoolFile()
    let streams = (input.descriptor, output.descriptor, messages.descriptor)
    let end: Swift.Result<Int32, CommandFailure> = waited {
      await outcome(of: invocation, input: streams.0, output: streams.1, messages: streams.2)
    }
    let status = try end.get()
    return Result(status: status, output: try output.octets(), messages: try messages.octets())
  }

  /// How long a command that is ended may take to end by itself before it is killed.
  private static let grace = Duration.seconds(2)

  private static func outcome(
    of invocation: Invocation, input: FileDescriptor, output: FileDescriptor,
    messages: FileDescriptor
  ) async -> Swift.Result<Int32, CommandFailure> {
    let environment = Environment.inherit.updating(
      Dictionary(
        uniqueKeysWithValues: invocation.environment.map { key, value in
          (Environment.Key(stringLiteral: key), Optional(value))
        }))
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: grace)]
    let platformOptions = options
    return await withTaskGroup(of: Swift.Result<Int32, CommandFailure>?.self) { group in
      group.addTask {
        do {
          let result = try await Subprocess.run(
            invocation.command.contains("/")
              ? .path(FilePath(invocation.command)) : .name(invocation.command),
            arguments: Arguments(invocation.arguments), environment: environment,
            platformOptions: platformOptions,
            input: .fileDescriptor(input, closeAfterSpawningProcess: false),
            output: .fileDescriptor(output, closeAfterSpawningProcess: false),
            error: .fileDescriptor(messages, closeAfterSpawningProcess: false))
          switch result.terminationStatus {
          case .exited(let status): return .success(status)
          case .signaled(let signal): return .success(128 + signal)
          }
        } catch let error as SubprocessError where error.code == .executableNotFound {
          return .failure(.notFound)
        } catch {
          return .failure(.system("\(error)"))
        }
      }
      group.addTask {
        do {
          try await Task.sleep(for: .seconds(invocation.timeLimit))
          return nil
        } catch {
          return .failure(.timeout)
        }
      }
      // The first to end decides; the other is cancelled, which ends the command.
      let first = await group.next() ?? nil
      group.cancelAll()
      return first ?? .failure(.timeout)
    }
  }

  /// The value of an asynchronous operation, waited for.
  private static func waited<Value: Sendable>(
    _ operation: @escaping @Sendable () async -> Value
  ) -> Value {
    let box = Mutex<Value?>(nil)
    let done = DispatchSemaphore(value: 0)
    Task {
      let value = await operation()
      box.withLock { $0 = value }
      done.signal()
    }
    done.wait()
    return box.withLock { $0 }!
  }
}

/// A temporary file that has lost its name, and goes with its last descriptor.
private struct SpoolFile: ~Copyable {
  let descriptor: FileDescriptor

  init() throws(CommandFailure) { descriptor = try Self.open() }

  /// A file that holds octets, to be read from its start.
  static func holding(_ octets: [UInt8]) throws(CommandFailure) -> SpoolFile {
    let file = try SpoolFile()
    do {
      try file.descriptor.writeAll(octets)
      try file.descriptor.seek(offset: 0, from: .start)
    } catch {
      throw .system("a temporary file: \(error)")
    }
    return file
  }

  private static func open() throws(CommandFailure) -> FileDescriptor {
    let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(folder)/zonecut-XXXXXX".utf8CString)
    let raw = unsafe template.withUnsafeMutableBufferPointer { unsafe mkstemp($0.baseAddress!) }
    guard raw >= 0 else {
      throw .system("a temporary file in \(folder): \(Errno(rawValue: errno))")
    }
    _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
    unsafe template.withUnsafeBufferPointer { _ = unsafe unlink($0.baseAddress!) }
    return FileDescriptor(rawValue: raw)
  }

  /// All that the file holds.
  func octets() throws(CommandFailure) -> [UInt8] {
    do {
      let count = try Int(descriptor.seek(offset: 0, from: .end))
      var octets: [UInt8] = []
      while octets.count < count {
        var chunk = [UInt8](repeating: 0, count: min(1 << 20, count - octets.count))
        let offset = Int64(octets.count)
        let got = try unsafe chunk.withUnsafeMutableBytes {
          unsafe try descriptor.read(fromAbsoluteOffset: offset, into: $0)
        }
        if got == 0 { break }
        octets += chunk[..<got]
      }
      return octets
    } catch {
      throw .system("a temporary file: \(error)")
    }
  }

  deinit { try? descriptor.close() }
}

extension Pace {
  /// The system's clock and random numbers.
  public static let system = Pace(
    now: {
      var time = timespec()
      unsafe clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    },
    sleep: { seconds in
      var left = timespec(
        tv_sec: Int(seconds), tv_nsec: Int((seconds - seconds.rounded(.down)) * 1e9))
      let isInterrupted = {
        unsafe withUnsafeMutablePointer(to: &left) { unsafe nanosleep($0, $0) != 0 }
          && errno == EINTR
      }
      while isInterrupted() {}
    },
    random: { Double.random(in: 0...1) })
}
