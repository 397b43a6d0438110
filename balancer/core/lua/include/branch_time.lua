-- Branch time (ms) now: city time without the pauses.
local function branch_time(facts)
  return (facts.paused_since or at) - facts.paused_total
end
