-- Refuses a service that needs the power which its branch has not.
local function ask_power(facts, needs_power)
  if needs_power and facts.power == 'off' then
    refuse('no_power')
  end
end
