-- Refuses while desks of the caller's branch have tickets in hand; `serving`: only such as are being served.
local function ask_hands(serving)
  local busy = 0
  for _, holder in ipairs(desks_of(branch)) do
    if holder.ticket and (not serving or load_ticket(holder.ticket).state == 'serving') then
      busy = busy + 1
    end
  end
  if GUARDS.tickets_in_hand and busy > 0 then
    refuse('tickets_in_hand', {count = busy})
  end
end
