-- The facts of a branch that the city has.
-- keys: branches
local function load_facts(name)
  local text = redis.call('HGET', branches, name)
  if not text then
    refuse('unknown_branch', {branch = name})
  end
  return cjson.decode(text), text
end
