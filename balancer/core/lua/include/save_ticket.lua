-- Keeps a changed ticket under its next version; its JSON text.
-- keys: tickets
local function save_ticket(visitor)
  visitor.version = visitor.version + 1
  local text = cjson.encode(visitor)
  redis.call('SET', tickets .. visitor.id, text)
  return text
end
