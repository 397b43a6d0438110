-- A desk's state, with its JSON text; refuses a branch or desk that the city has not.
-- keys: desks branches
local function load_desk(place, name)
  local text = redis.call('HGET', desks, place .. '/' .. name)
  if not text then
    load_facts(place)
    refuse('unknown_desk', {desk = name})
  end
  return cjson.decode(text), text
end
