-- Branch time stands while an alarm or a hold pauses the branch, and runs again when neither does. Pauses are
-- kept for two days, so that branch time can be told of instants in the past.
-- keys: pauses
local function pause_or_resume(facts)
  local stands = facts.alarm == 'pause' or facts.hold ~= nil
  if stands and not facts.paused_since then
    facts.paused_since = at
  elseif not stands and facts.paused_since then
    local past = pauses .. facts.branch
    redis.call('ZADD', past, at, string.format('%d:%d', facts.paused_since, at))
    redis.call('ZREMRANGEBYSCORE', past, '-inf', at - 2 * 86400000)
    facts.paused_total, facts.paused_since = facts.paused_total + at - facts.paused_since, nil
  end
end
