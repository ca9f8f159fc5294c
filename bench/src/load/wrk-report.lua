-- Says in one line of JSON what a run gave. With the word `check` it looks at each answer as well, which costs
-- wrk more than all else: that is for the round that does not count.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  wrong = 0
  local header, text = arguments[2], arguments[3]
  if arguments[1] ~= "check" then return end
  response = function(status, headers, body)
    local said = body
    if header ~= "" then
      said = ""
      for name, value in pairs(headers) do
        if string.lower(name) == header then said = value end
      end
    end
    if status ~= 200 or not string.find(said, text, 1, true) then wrong = wrong + 1 end
  end
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.status + summary.errors.timeout
  for _, thread in ipairs(threads) do failed = failed + thread:get("wrong") end
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"bytes":%d,"failed":%d,"p99":%d}\n',
    summary.requests, summary.duration, summary.bytes, failed, latency:percentile(99)
  ))
end
