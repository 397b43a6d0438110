-- An intent by its id, with its JSON text.
-- keys: intents
local function load_intent(id)
  local text = redis.call('GET', intents .. id)
  if not text then
    refuse('unknown_intent')
  end
  return cjson.decode(text), text
end
