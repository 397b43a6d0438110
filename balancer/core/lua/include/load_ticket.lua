-- A ticket by its id, with its JSON text.
-- keys: tickets
local function load_ticket(id)
  local text = redis.call('GET', tickets .. id)
  if not text then
    refuse('unknown_ticket')
  end
  return cjson.decode(text), text
end
