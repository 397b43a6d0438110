-- A ticket's member in its line. After the score (order), the instant at which it took its place decides, then
-- the event that put it there. Tickets of before `placed` was kept have the event alone.
local function place_of(visitor)
  local tie = string.format('%015d:', visitor.tie) .. visitor.id
  return visitor.placed and string.format('%015d:', visitor.placed) .. tie or tie
end
