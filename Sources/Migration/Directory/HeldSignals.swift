#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Signals that would end the process, held back while something is written: no temporary file or
/// directory is left behind.
struct HeldSignals {
  private var former = sigset_t()

  init() {
    var held = sigset_t()
    unsafe sigemptyset(&held)
    for signal in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&held, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &held, &former)
  }

  func release() {
    var former = former
    unsafe pthread_sigmask(SIG_SETMASK, &former, nil)
  }
}
