import Support
import Transport

/// A request that passed the rules.
struct UpstreamRequest: Sendable {
  var source: String
  var method: String
  var url: FetchURL
  var headers: [(name: String, value: String)]
  var body: [UInt8]
  /// 0 leaves it to the policy.
  var timeoutMilliseconds: Int64 = 0
  var userOrigins: Set<String> = []
  var deadline: Deadline
  var requestID: String
}
