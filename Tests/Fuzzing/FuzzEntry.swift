/// The input that libFuzzer lends for one run. `Scripts/fuzz` makes a program of each `fuzz_…` function and of no more than
/// what that needs: libFuzzer looks at every counter of a program after every run.
func input(_ data: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
  [UInt8](UnsafeBufferPointer(start: data, count: data == nil ? 0 : count))
}
