-- Does the branch's time stand still?
local function is_paused(facts)
  return facts.paused_since ~= nil
end
