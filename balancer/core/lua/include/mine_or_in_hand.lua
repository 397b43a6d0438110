-- The ticket that the caller names, if it is for his desk, else the one in hand; with it its branch's facts.
local function mine_or_in_hand()
  if not ticket then
    return in_hand()
  end
  load_desk(branch, desk)
  local visitor, facts = by_id()
  ask_mine(visitor)
  return visitor, facts
end
