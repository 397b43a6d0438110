-- Branch time stands while an alarm or a hold pauses the branch, and runs again when neither does.
local function pause_or_resume(facts)
  local stands = facts.alarm == 'pause' or facts.hold ~= nil
  if stands and not facts.paused_since then
    facts.paused_since = at
  elseif not stands and facts.paused_since then
    facts.paused_total, facts.paused_since = facts.paused_total + at - facts.paused_since, nil
  end
end
