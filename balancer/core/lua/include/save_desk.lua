-- Keeps a changed desk under its next version; its JSON text.
-- keys: desks
local function save_desk(desk_state)
  desk_state.version = desk_state.version + 1
  local text = cjson.encode(desk_state)
  redis.call('HSET', desks, desk_state.branch .. '/' .. desk_state.desk, text)
  return text
end
