-- Takes an instant of the opening hours upon this command; false if it was carried out already. Always true
-- without one.
-- keys: plans
local function claim_plan(part)
  if not plan then
    return true
  end
  local field = branch .. part
  if tonumber(redis.call('HGET', plans, field) or 0) >= plan then
    return false
  end
  redis.call('HSET', plans, field, plan)
  return true
end
