import CUsher
import MetadataModel

/// The service `library/1` of usher.h: what a media-server front asks the sources through.
enum LibraryTable {
  // Safe without isolation because it is written once, here, and never freed; its functions are made for every thread.
  nonisolated(unsafe) static let pointer: UnsafePointer<usher_library> = {
    let table = UnsafeMutablePointer<usher_library>.allocate(capacity: 1)
    table.initialize(
      to: usher_library(
        struct_size: UInt32(MemoryLayout<usher_library>.size),
        ask: { host, call, operation, request, done, context in
          guard let done, let side = HostTable.side(host) else { return }
          let operation = operation.map { String(cString: $0) } ?? ""
          side.ask(CallRegistry.call(call), operation, request, Completion(function: done, context: context))
        },
        respond: { call, status, headers, body in
          CallRegistry.call(call)?.respond(response(status, headers, body))
        },
        provider: { host, call, done, context in
          guard let done, let side = HostTable.side(host) else { return }
          side.provider(CallRegistry.call(call), Completion(function: done, context: context))
        }))
    return UnsafePointer(table)
  }()

  private static func response(
    _ status: Int32, _ headers: usher_bytes, _ body: usher_bytes
  ) -> Result<ServerReply, PluginError> {
    guard (200...599).contains(status) else {
      return .failure(PluginError(.fault, "responded with the HTTP status \(status), which is not between 200 and 599"))
    }
    guard let headers = headers.copied(), let body = body.copied() else {
      return .failure(PluginError(.fault, "responded with headers or a body that is no memory or too large"))
    }
    do throws(PluginError) {
      return .success(ServerReply(status: Int(status), headers: try Headers.read(headers), body: body))
    } catch {
      return .failure(PluginError(.fault, "responded with bad headers: \(error.text)"))
    }
  }
}

extension HostSide {
  private static let operations: Set<String> = ["match", "fetch", "children", "grandchildren", "images"]

  /// Asks the sources of the call's provider; `done` has run on this thread when it returns. Blocks.
  func ask(_ call: Call?, _ operation: String, _ request: usher_bytes, _ done: Completion<usher_reply>) {
    do throws(PluginError) {
      let (call, provider) = try served(call)
      guard Self.operations.contains(operation) else {
        throw PluginError(.unsupported, "the library has no operation '\(operation)'")
      }
      guard let request = request.copied() else { throw PluginError(.badRequest, "the request is no memory") }
      let answer = call.wait { [services] () async -> Result<[UInt8], PluginError> in
        do throws(PluginError) {
          return .success(try await services.ask(operation, request, provider: provider, call: call.info))
        } catch {
          return .failure(error)
        }
      }
      done.finish(answer ?? .failure(Self.cancelled))
    } catch {
      done.finish(.failure(error))
    }
  }

  func provider(_ call: Call?, _ done: Completion<usher_reply>) {
    do throws(PluginError) {
      let provider = try served(call).provider
      guard let bytes = try? JSONCoding.encode(provider) else {
        throw PluginError(.fault, "the provider '\(provider.name)' has no JSON")
      }
      done.finish(.success(bytes))
    } catch {
      done.finish(.failure(error))
    }
  }

  private func served(_ call: Call?) throws(PluginError) -> (call: Call, provider: Provider) {
    let call = try current(call)
    guard let provider = call.provider else {
      throw PluginError(.badRequest, "this call came through no provider")
    }
    return (call, provider)
  }
}
