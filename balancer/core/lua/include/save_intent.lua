-- Keeps a changed intent under its next version; its JSON text. `keep_for`: real seconds until it is forgotten.
-- keys: intents
local function save_intent(visitor, keep_for)
  visitor.version = visitor.version + 1
  local text = cjson.encode(visitor)
  redis.call('SET', intents .. visitor.id, text)
  if keep_for then
    redis.call('EXPIRE', intents .. visitor.id, keep_for)
  end
  return text
end
