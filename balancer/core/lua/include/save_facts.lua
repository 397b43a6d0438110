-- Keeps changed facts under their next version; their JSON text.
-- keys: branches
local function save_facts(facts)
  facts.version = facts.version + 1
  local text = cjson.encode(facts)
  redis.call('HSET', branches, facts.branch, text)
  return text
end
