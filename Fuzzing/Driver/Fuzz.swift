internal import Glibc

/// The target that `FUZZ_TARGET` names; see Fuzzing/run.
private let target: FuzzTarget = {
  guard let name = getenv("FUZZ_TARGET").map({ String(cString: $0) }),
    let target = FuzzTarget(rawValue: name)
  else { fatalError("FUZZ_TARGET names one of \(FuzzTarget.allCases.map(\.rawValue))") }
  return target
}()

/// Called by libFuzzer, which brings `main`, for each of its inputs.
@_cdecl("LLVMFuzzerTestOneInput")
func readOneInput(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: bytes, count: size))
  if let complaint = target.complaint(about: input) { fatalError(complaint) }
  return 0
}
