-- Branch time (ms) at an instant of the last two days (city ms), by the pauses that there were.
-- keys: pauses
local function past_branch_time(facts, instant)
  local stood, spent = math.min(instant, facts.paused_since or instant), facts.paused_total
  for _, pause in ipairs(redis.call('ZRANGEBYSCORE', pauses .. facts.branch, '(' .. instant, '+inf')) do
    local from, to = string.match(pause, '^(%d+):(%d+)$')
    stood, spent = math.min(stood, tonumber(from)), spent - (to - from)
  end
  return stood - spent
end
