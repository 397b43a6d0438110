-- The queues that a supervisor set for a desk ("branch/desk"); nil if none, or if a settings table has one of
-- them no more.
-- keys: desks
local function set_queues(name, fields)
  local text = redis.call('HGET', desks, name)
  local given = text and cjson.decode(text).queues
  for _, queue in ipairs(given or {}) do
    if not fields['queue/' .. string.match(name, '^[^/]+/') .. queue] then
      return nil
    end
  end
  return given
end
