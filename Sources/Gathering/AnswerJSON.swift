package import MetadataModel

/// The bytes of answers as they are kept, and values read back from them.
package enum AnswerJSON {
  package static func decoded<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws(PluginError) -> Value {
    do {
      return try JSONCoding.decode(type, from: bytes)
    } catch {
      throw PluginError(.fault, "an answer of the library cannot be read back: \(JSONCoding.path(of: error))")
    }
  }

  package static func encoded(_ value: some Encodable) throws(PluginError) -> [UInt8] {
    do {
      return try JSONCoding.encode(value)
    } catch {
      throw PluginError(.fault, "an answer of the library cannot be written as JSON: \(error)")
    }
  }
}
