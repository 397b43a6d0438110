-- Refuses a service that needs the power which its branch has not, and one that a supervisor stopped there.
local function ask_service(facts, needs_power, service_id)
  if needs_power and facts.power == 'off' then
    refuse('no_power')
  end
  if is_suspended(facts, service_id) then
    refuse('service_suspended')
  end
end
