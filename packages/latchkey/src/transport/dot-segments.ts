/** A segment that is `.` or `..`, in each spelling that a parser of URLs knows (WHATWG URL, section 4.3). */
const dotSegment = /[/\\](?:\.|%2e){1,2}(?:[/\\]|$)/i

/**
 * Whether the target of a request, as it came over the wire, names another path than it seems to: parsers of URLs
 * make `/b` of `/a/../b`. Browsers send no such thing. A gate that appends the visitor's path to its question
 * (Envoy) would be answered for a path that the visitor chose: `/api/v1/forward-auth/../../../healthz` is 200.
 */
export function hasDotSegments(target: string): boolean {
  const [path = ''] = target.split(/[?#]/, 1)
  return dotSegment.test(path)
}
