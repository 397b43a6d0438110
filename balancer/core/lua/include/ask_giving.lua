-- The guards of a new ticket. One that was given out on paper is there already, whatever holds now: a slip is
-- taken as long as its day goes on, a number by hand as long as the branch is not closed.
local function ask_giving(facts, offered)
  if role == 'citizen' and (number or arrived) then
    refuse('forbidden', {role = role, action = 'lease'})
  end
  if not arrived and not number then
    ask_branch(facts)
    ask_service(facts, offered.needs_power, service)
  elseif not number and facts.phase == 'closed' then
    refuse('branch_closed')
  end
  if role == 'citizen' and not branch_setting(branch).remote then
    refuse('remote_tickets_off')
  end
end
