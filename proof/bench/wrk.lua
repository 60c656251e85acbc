-- Sends the targets of a file in turn (client.py writes it), each order with a key of its own; counts the
-- answers that are not the expected ones; prints what client.Round holds.

local ORDER_KEY = "00000000-0000-4000-8000-000000000000"
local targets, turn = {}, 0
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  nonce, leads_to = args[2], args[3] or ""
  wrong, example = 0, ""
  for line in io.lines(args[1]) do
    local method, path, cookie, address, body = line:match("^(.-)\t(.-)\t(.-)\t(.-)\t(.*)$")
    local headers = { ["Cookie"] = cookie, ["X-Forwarded-For"] = address, ["Connection"] = "close" }
    if body ~= "" then
      headers["Content-Type"] = "application/x-www-form-urlencoded"
    else
      body = nil
    end
    local request = wrk.format(method, path, headers, body)
    local first, last = request:find(ORDER_KEY, 1, true)
    if first then
      table.insert(targets, { request:sub(1, first - 1), request:sub(last + 1) })
    else
      table.insert(targets, { request })
    end
  end
end

function request()
  turn = turn + 1
  local target = targets[(turn - 1) % #targets + 1]
  if not target[2] then
    return target[1]
  end
  return target[1] .. nonce .. string.format("%012x", turn) .. target[2]
end

function response(status, headers, body)
  local location = headers["Location"] or ""
  local expected = status == 200
  if leads_to ~= "" then
    expected = status == 302 and location:find(leads_to, 1, true) ~= nil
  end
  if not expected then
    wrong = wrong + 1
    if example == "" then
      example = status .. " " .. location
    end
  end
end

function done(summary, latency, requests)
  local wrong, example, errors = 0, "", summary.errors
  for _, thread in ipairs(threads) do
    wrong = wrong + thread:get("wrong")
    example = example .. thread:get("example")
  end
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  if broken > 0 then
    example = string.format("%s (connexions : %d refusées, %d rompues à la lecture, %d à l’écriture, %d sans réponse)",
      example, errors.connect, errors.read, errors.write, errors.timeout)
  end
  print(string.format(
    '{"answered": %d, "rate": %.2f, "p50": %.3f, "p99": %.3f, "errors": %d, "example": "%s"}',
    summary.requests, summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, wrong + broken, example
  ))
end
