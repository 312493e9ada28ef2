/// What a word says of the release and not of the work.
package enum Mark: UInt8, Sendable {
  case none, resolution, source, codec, audio, range, service, language, release, edition, container, checksum, adult

  /// A mark that tells of a recording off the air.
  var isBroadcast: Bool { self == .source }
}
