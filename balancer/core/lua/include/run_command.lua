-- Runs a command once per idempotency key: a repeat gets the first answer word for word, refusals too are
-- kept.
-- keys: answers
local function run_command(command)
  local kept = redis.call('GET', answers .. idem_key)
  if kept then
    local cut = string.find(kept, '\n', 1, true)
    if string.sub(kept, 1, cut - 1) == fingerprint then
      return string.sub(kept, cut + 1)
    end
    return '{"error":{"code":"idempotency_key_reused"}}'
  end
  read_head(now)
  local whole, result = pcall(command)
  if not whole then
    if type(result) ~= 'table' or not result.refused then
      error(result)
    end
    result = result.refused
  end
  redis.call('SET', answers .. idem_key, fingerprint .. '\n' .. result, 'EX', keep_s)
  return result
end
