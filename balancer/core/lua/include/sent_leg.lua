-- The leg in which the desk that wants the ticket back handed it on.
local function sent_leg(visitor)
  local sent
  for _, leg in ipairs(visitor.legs) do
    if leg.outcome == 'transferred' and leg.desk == visitor.come_back then
      sent = leg
    end
  end
  return sent
end
