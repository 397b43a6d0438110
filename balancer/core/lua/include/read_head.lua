-- Where the log stands. The time of what happens now is never before that of the last event.
local function read_head(now_ms)
  local head = redis.call('HMGET', city, 'offset', 'at')
  offset, at = tonumber(head[1] or 0), math.max(now_ms, tonumber(head[2] or 0))
end
