/// Why a server could not start.
public enum ServerError: Error, Equatable, CustomStringConvertible {
  case notAnAddress(host: String)
  case portTaken(host: String, port: UInt16)
  case notPermitted(host: String, port: UInt16)
  case notOfThisMachine(host: String)
  case cannotListen(host: String, port: UInt16, reason: String)
  case alreadyStarted

  public var description: String {
    switch self {
    case .notAnAddress(let host):
      "cannot listen on \"\(host)\": it is not an address; use one like 127.0.0.1, 0.0.0.0, ::1 or localhost"
    case .portTaken(let host, let port):
      "cannot listen on \(Self.place(host, port)): the port is taken; stop the program that uses it or choose another"
    case .notPermitted(let host, let port):
      "cannot listen on \(Self.place(host, port)): not permitted; choose a port of 1024 or more"
    case .notOfThisMachine(let host):
      "cannot listen on \(host): this machine does not have that address; use 0.0.0.0 to listen on all it has"
    case .cannotListen(let host, let port, let reason):
      "cannot listen on \(Self.place(host, port)): \(reason)"
    case .alreadyStarted:
      "the server was already started; make another one"
    }
  }

  private static func place(_ host: String, _ port: UInt16) -> String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
