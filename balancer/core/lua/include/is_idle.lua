-- Are all desks of a branch closed?
-- keys: desks config
local function is_idle(place)
  local text = redis.call('HGET', config, 'branch/' .. place)
  for _, id in ipairs(text and cjson.decode(text).desks or {}) do
    local state = redis.call('HGET', desks, place .. '/' .. id)
    if state and cjson.decode(state).state ~= 'closed' then
      return false
    end
  end
  return true
end
